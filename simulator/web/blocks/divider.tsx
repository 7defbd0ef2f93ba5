// A line between.
export const Divider = () => <hr class="bk-divider" />;
