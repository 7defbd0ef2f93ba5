/** Before the crash tests: the product as it is built, once for all of them. */
import { execFileSync } from 'node:child_process';

export default function build(): void {
  execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
}
