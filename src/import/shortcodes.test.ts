import { expect, test } from 'vitest';
import { shortcodesToMarkdown } from './shortcodes.ts';
import { lineCounter, unspliced } from './splice.ts';

const convert = (text: string, isTemplate = false) =>
  shortcodesToMarkdown(unspliced(text), { file: 'x.md', headline: 'H', isTemplate, lineOf: lineCounter(text) });
const text = (source: string, isTemplate = false) => convert(source, isTemplate).spliced.text;

test.each([
  ['{{< figure src="/a.jpg" alt="A [b]" caption="C \\"d\\"" >}}', '![A \\[b\\]](/a.jpg "C \\"d\\"")'],
  ['{{< youtube w7Ft2ymGmfc >}}', '[Video](https://www.youtube.com/watch?v=w7Ft2ymGmfc)'],
  ['{{< vimeo id="1" >}}', '[Video](https://vimeo.com/1)'],
  ['[a]({{< ref "post.md" >}})', '[a](post.md)'],
  ['{{% note %}}\nText\n{{% /note %}}', '\nText\n'],
  ['{{< highlight go "linenos=table" >}}\na := 1\n{{< /highlight >}}', '```go\na := 1\n```'],
])('Hugo: %s', (before, after) => expect(text(before)).toBe(after));

test.each([
  ['{% highlight ruby linenos %}\na = 1\n{% endhighlight %}', '```ruby\na = 1\n```'],
  ['{% raw %}a {{ b }} {% c %}{% endraw %}', 'a {{ b }} {% c %}'],
  ['{% youtube abc %}', '[Video](https://www.youtube.com/watch?v=abc)'],
  ['[a]({% post_url 2015-01-02-x %})', '[a](2015-01-02-x.md)'],
  ['[a]({{ site.baseurl }}{% link _posts/2015-01-02-x.md %})', '[a](/_posts/2015-01-02-x.md)'],
  ['![a]({{ "/a.jpg" | relative_url }})', '![a](/a.jpg)'],
  ['{% include figure.html src="/a.jpg" alt="A" %}', '![A](/a.jpg)'],
  ['{% img left /a.jpg 10 20 "Title" "Alt" %}', '![Alt](/a.jpg "Title")'],
  ['a{% comment %}b{% endcomment %}c', 'ac'],
  ['{% if x %}a{% endif %}', 'a'],
  ['a {{ page.views }}\n{: .lead}', 'a \n'],
])('Liquid: %s', (before, after) => expect(text(before, true)).toBe(after));

test('text in code is code, and braces of an author are text', () => {
  for (const same of ['`{% if x %}`', '```\n{{< figure >}}\n{{ x }}\n```', 'A {{ mustache }} template', 'a {: b}'])
    expect(text(same)).toBe(same);
});

test('dropped tags are counted with their line', () => {
  expect(convert('a\n{{< unknown x="y" >}}').changes).toEqual([
    { file: 'x.md', line: 2, kind: 'shortcode-dropped', before: '{{< unknown x="y" >}}', after: '' },
  ]);
});
