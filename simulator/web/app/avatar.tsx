// A person as two letters on a colour of their own.
const COLOURS = 8;

export function Avatar({ name, is_app = false }: { name: string; is_app?: boolean }) {
  const initials = name
    .split(/\s+/)
    .map((word) => [...word][0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase();
  const sum = [...name].reduce(
    (total, letter) => (total * 7 + (letter.codePointAt(0) ?? 0)) % 997,
    0,
  );
  const colour = is_app ? 'app' : String(sum % COLOURS);
  return (
    <span class={`avatar avatar-${colour}`} aria-hidden="true">
      {initials}
    </span>
  );
}
