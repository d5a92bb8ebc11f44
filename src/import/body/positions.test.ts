import { expect, test } from 'vitest';
import { contractProblems, smallArchive } from '../small-archive.fixture.ts';

const head = '---\ntitle: A\ndate: 2015-01-01\n---\n';
const dead = '[a](/x)';

// The parser finds these links only after it has read the text, so their nodes have no position.
test.each([
  ['in quotation marks', `See "www.example.com" now. ${dead}`],
  ['in emphasis', `**"www.example.com"** and *"www.example.com/a_b"* ${dead}`],
  ['in a table', `| "www.example.com" | ${dead} |\n| - | - |\n| x | "www.example.com" |`],
  ['in a footnote', `Text[^1] ${dead}\n\n[^1]: "www.example.com"`],
  ['in a heading and a list', `## "www.example.com"\n\n- 'www.example.com' ${dead}\n- x`],
  ['in a quotation', `> 'www.example.com'\n>\n> ${dead}`],
  ['beside an escape', `\\"www.example.com/?a&amp;b" \\* "www.example.com" ${dead}`],
  ['an e-mail address', `"/ann@mail.example" ;ann@mail.example. 'mailto:ann@mail.example' ${dead}`],
  ['beside a picture', `"www.example.com"![x](/none.jpg)"www.example.com"${dead}`],
  ['twice', `"www.example.com" "www.example.com" ${dead}`],
])('a link %s does not end the import', async (_, body) => {
  const archive = smallArchive({
    'a.md': `${head}${body}\n`,
    'b.mdx': `${head}<X>${body.replace(/\n[\s\S]*/, '')}</X>\n`,
  });
  const receipt = await archive.run();
  expect(receipt.files).toMatchObject({ in: 2, stories: 2 });
  for (const story of ['a', 'b']) expect(archive.story(`2015/01/${story}`)).not.toContain('/x)');
  expect(archive.story('2015/01/a')).toMatch(/(?:www|mail)\.example/);
  expect(await contractProblems(archive.stories)).toEqual([]);
});

test('such a link to the old site leads to the story', async () => {
  const archive = smallArchive({
    'a.md': `${head}See "www.old.example/b/" and "www.old.example/b/".\n`,
    'b.md': head.replace('A', 'B'),
  });
  await archive.run({ origin: 'https://old.example', permalinks: ['/{path}/'] });
  expect(archive.story('2015/01/a')).toContain(
    'See "[www\\.old.example/b/](story:2015/01/b)" and "[www\\.old.example/b/](story:2015/01/b)".',
  );
});
