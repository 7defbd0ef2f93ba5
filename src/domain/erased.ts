/** What stands where a text was erased and nothing may be empty. */
export const ERASED = '(erased)';
