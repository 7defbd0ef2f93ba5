/** Finds by itself every exported function of the product that is given a text: its file, name and parameters. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';

export interface TextFunction {
  file: string;
  name: string;
  /** How many arguments a call must have, the text included. */
  needs: number;
}

const FOLDERS = ['blocks', 'handlers', 'policies', 'src'];

interface Node {
  type: string;
  [key: string]: unknown;
}
const nodes = (value: unknown): Node[] => (Array.isArray(value) ? (value as Node[]) : []);

/** Whether a parameter is declared `string` or `unknown`, alone or with others (`string | null`). */
function takesText(parameter: Node | undefined): boolean {
  const declared = (parameter?.typeAnnotation as Node | undefined)?.typeAnnotation as
    | Node
    | undefined;
  const types = declared?.type === 'TSUnionType' ? nodes(declared.types) : [declared];
  return types.some((one) => one?.type === 'TSStringKeyword' || one?.type === 'TSUnknownKeyword');
}

const isNeeded = (parameter: Node): boolean =>
  parameter.type !== 'AssignmentPattern' &&
  parameter.type !== 'RestElement' &&
  parameter.optional !== true;

function functionsOf(file: string): TextFunction[] {
  const { program } = parseSync(file, readFileSync(file, 'utf8'));
  return nodes(program.body).flatMap((statement): TextFunction[] => {
    const declaration = statement.declaration as Node | null | undefined;
    if (statement.type !== 'ExportNamedDeclaration' || !declaration) return [];
    const named: [unknown, Node | null][] =
      declaration.type === 'FunctionDeclaration'
        ? [[declaration.id, declaration]]
        : nodes(declaration.declarations).map((one) => [one.id, one.init as Node | null]);
    return named.flatMap(([id, written]) => {
      const parameters = nodes(written?.params);
      const isFunction =
        written?.type === 'FunctionDeclaration' || written?.type === 'ArrowFunctionExpression';
      if (!isFunction || written.async === true || !takesText(parameters[0])) return [];
      return [{ file, name: String((id as Node).name), needs: parameters.filter(isNeeded).length }];
    });
  });
}

export const textFunctions = (): TextFunction[] =>
  FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => functionsOf(join(folder, name))),
  );
