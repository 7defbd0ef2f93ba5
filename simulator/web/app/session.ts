// What this tab remembers over a reload: whom it is, and what each person has read. Each tab is its
// own person, so that two can meet at one card.
const WHO = 'as';
const READ = 'read-to ';

/** Whom the address or this tab says; else the first of the demo's experts. */
export const rememberedPerson = (): string =>
  new URLSearchParams(location.search).get(WHO) ?? sessionStorage.getItem(WHO) ?? 'U0ALICE';

export function rememberPerson(id: string): void {
  sessionStorage.setItem(WHO, id);
  const url = new URL(location.href);
  if (url.searchParams.has(WHO)) {
    url.searchParams.set(WHO, id);
    history.replaceState(null, '', url);
  }
}

export function rememberedReading(person: string): Record<string, string> {
  try {
    return JSON.parse(sessionStorage.getItem(READ + person) ?? '{}') as Record<string, string>;
  } catch {
    return {};
  }
}

export const rememberReading = (person: string, read_to: Readonly<Record<string, string>>): void =>
  sessionStorage.setItem(READ + person, JSON.stringify(read_to));

const TOUR = 'tour-ended';
/** The first steps are shown until they are put away. */
export const wasTourEnded = (): boolean => sessionStorage.getItem(TOUR) !== null;
export const rememberTourEnd = (): void => sessionStorage.setItem(TOUR, 'yes');
