/** The policy file's text with another confidence for one domain, where a rule lets through above one. Pure. */
import { parsePolicy } from './parse-policy.ts';

const ABOVE = /item\.confidence\s*>=?\s*(\d+(?:\.\d+)?)(?![\d.])/;

/**
 * Changes the number in the first rule that lets through above a confidence, for that domain only; the others keep
 * theirs. null: there is no such rule, or the changed file would not be a policy.
 */
export function draftThreshold(text: string, domain: string, above: number): string | null {
  const parsed = parsePolicy(text);
  if (!parsed.ok) return null;
  const rule = parsed.policy.rules.find(
    (one) => one.route.type === 'let_through' && ABOVE.test(one.condition.source),
  );
  const [comparison = '', number = ''] = ABOVE.exec(rule?.condition.source ?? '') ?? [];
  if (rule === undefined || !/^[\w.-]+$/.test(domain)) return null;
  const wanted = comparison.replace(
    number,
    `(item.domain == "${domain}" ? ${above.toFixed(2)} : ${number.includes('.') ? number : `${number}.0`})`,
  );
  const from = text.search(new RegExp(String.raw`\bid:\s*["']?${escaped(rule.id)}["']?\s*[,\n}]`));
  const at = from < 0 ? -1 : text.indexOf(comparison, from);
  if (at < 0) return null;
  // Whichever quotes the condition stands in, the other kind is free in it.
  for (const quoted of [wanted, wanted.replaceAll('"', "'")]) {
    const drafted = text.slice(0, at) + quoted + text.slice(at + comparison.length);
    const again = parsePolicy(drafted);
    const changed = again.ok ? again.policy.rules.find((one) => one.id === rule.id) : undefined;
    if (changed?.condition.source.includes(quoted)) return drafted;
  }
  return null;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
