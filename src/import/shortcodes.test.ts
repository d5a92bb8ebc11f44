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

test.each([
  ['{{ figure(src="a.jpg" alt="A boat", caption="Out") }}', '![A boat](a.jpg "Out")'],
  ['{{figure(src="a.jpg", alt="By <a href=\'https://x.example\'>Ann</a> &amp; Bo")}}', '![By Ann & Bo](a.jpg)'],
  ['{{ youtube(id="abc", class="wide") }}', '[Video](https://www.youtube.com/watch?v=abc)'],
  ['{{ shortcodes::figure(src="a.jpg") }}', '![](a.jpg)'],
  ['{{ katex(body="a + b") }}', 'a + b'],
  ['{% tip(header="Mind the gap") %}\nText\n{% end %}', 'Mind the gap\nText\n'],
  ['{% note() %}\nText\n{% end %}', '\nText\n'],
  [
    '{% quote(author="Ann Lee") %}\nWe were lucky.\n\nVery.\n{% end %}',
    '\n\n> We were lucky.\n> \n> Very.\n>\n> — Ann Lee\n\n',
  ],
  ['Call {{ f(x) }} twice', 'Call {{ f(x) }} twice'],
])('Zola: %s', (before, after) => expect(text(before)).toBe(after));

test.each([
  ['{% note info Below a folder %}\nText\n{% endnote %}', '**Below a folder**\nText\n'],
  ['{% note warn "Attention!" %}\nText\n{% endnote %}', '**Attention!**\nText\n'],
  ['{% note warn %}\nText\n{% endnote %}', '\nText\n'],
  [
    '{% blockquote Ann Lee, The sea https://x.example/sea The sea %}\nWe were lucky.\n{% endblockquote %}',
    '\n\n> We were lucky.\n>\n> — [Ann Lee, The sea The sea](https://x.example/sea)\n\n',
  ],
  ['{% blockquote %}\nWe were lucky.\n{% endblockquote %}', '\n\n> We were lucky.\n\n'],
  ['{{< quote author="Ann" >}}Lucky.{{< /quote >}}', '\n\n> Lucky.\n>\n> — Ann\n\n'],
])('Hexo and pairs: %s', (before, after) => expect(text(before, true)).toBe(after));

test('text in code is code, and braces of an author are text', () => {
  for (const same of ['`{% if x %}`', '```\n{{< figure >}}\n{{ x }}\n```', 'A {{ mustache }} template', 'a {: b}'])
    expect(text(same)).toBe(same);
});

test('dropped tags are counted with their line', () => {
  expect(convert('a\n{{< unknown x="y" >}}').changes).toEqual([
    { file: 'x.md', line: 2, kind: 'shortcode-dropped', before: '{{< unknown x="y" >}}', after: '' },
  ]);
});

test.each([
  ['{{< photo src="a.jpg" alt="A boat" caption="Out" credit="Ann Lee" >}}', '![A boat](a.jpg "Out (Photo: Ann Lee)")'],
  ['{{< figure src="a.jpg" attr="Ann Lee" attrlink="https://x.example" >}}', '![](a.jpg "(Photo: Ann Lee)")'],
  ['{% image "a.jpg", "A boat at sea" %}', '![A boat at sea](a.jpg)'],
  ['{% img left /a.jpg 300 200 "Title here" "Alt text" %}', '![Alt text](/a.jpg "Title here")'],
  ['{% include figure.html image="/a.jpg" caption="Out at sea" alt="A boat" %}', '![A boat](/a.jpg "Out at sea")'],
  ['{{< quote-block text="We were lucky." cite="The master" >}}', '> We were lucky.\n>\n> — The master'],
  [
    '{{< card title="The harbour" url="https://x.example/h" text="Open again" >}}',
    '[The harbour](https://x.example/h). Open again',
  ],
  ['{% callout "Mind the gap" %}', 'Mind the gap'],
  ['{{< unknown width="3" >}}', ''],
  ['{% if page.title == "Some words here" %}x{% endif %}', 'x'],
  [
    '<div>\n{{< photo src="a.jpg" alt="A boat" caption="Out" >}}\n</div>',
    '<div>\n<img src="a.jpg" alt="A boat" title="Out">\n</div>',
  ],
  ['<p>{% youtube abc %}</p>', '<p><a href="https://www.youtube.com/watch?v=abc">Video</a></p>'],
])('%s keeps its words', (text, markdown) => {
  const read = shortcodesToMarkdown(unspliced(text), { file: 'a', headline: '', isTemplate: true, lineOf: () => 1 });
  expect(read.spliced.text.trim()).toBe(markdown);
});

test.each([
  [
    'Hugo',
    'Before.\n\n{{< quote author="Ann Example" source="The Book" >}}\nFirst *line*.\n\nSecond.\n{{< /quote >}}\n\nAfter.',
    'Before.\n\n\n\n> First *line*.\n> \n> Second.\n>\n> — Ann Example, The Book\n\n\n\nAfter.',
  ],
  [
    'Hugo, on one line',
    '{{% blockquote "Ann Example" %}}Words.{{% /blockquote %}}',
    '\n\n> Words.\n>\n> — Ann Example\n\n',
  ],
  ['Hugo, already marked', '{{< quote by="Ann" >}}\n> Words.\n{{< /quote >}}', '\n\n> Words.\n>\n> — Ann\n\n'],
  ['Hugo, without a name', '{{< epigraph >}}Words.{{< /epigraph >}}', '\n\n> Words.\n\n'],
  [
    'Hugo, in HTML',
    '<div>{{< quote author="Ann" >}}Words.{{< /quote >}}</div>',
    '<div><blockquote>Words.<br>— Ann</blockquote></div>',
  ],
  [
    'Hexo',
    '{% blockquote Ann Example, The Book https://books.example/1 %}\nWords.\n{% endblockquote %}',
    '\n\n> Words.\n>\n> — [Ann Example, The Book](https://books.example/1)\n\n',
  ],
  ['Hexo, with a place', '{% pullquote left %}Words.{% endpullquote %}', '\n\n> Words.\n\n'],
  [
    'Nunjucks',
    '{% quote author="Ann", cite="The Book" %}Words.{% endquote %}',
    '\n\n> Words.\n>\n> — Ann, The Book\n\n',
  ],
  ['never closed', '{{< quote author="Ann" >}} Words.', 'Ann Words.'],
  ['in code', '`{{< quote author="Ann" >}}Words.{{< /quote >}}`', '`{{< quote author="Ann" >}}Words.{{< /quote >}}`'],
])('who said it stands after the words: %s', (_, before, after) => expect(text(before)).toBe(after));

test('every name is counted, with what became of it', () => {
  const { shortcodes } = convert(
    [
      '{{< figure src="/a.jpg" >}} {{< youtube abc >}} {{< note title="Look here" >}}Text{{< /note >}} {{< ad slot="3" >}}',
      '{{< tabs >}}{{< tab >}}One{{< /tab >}}{{< /tabs >}} {{< quote author="Ann" >}}Words.{{< /quote >}}',
      '{% if x %}a{% endif %} {{ page.views | round }} {{ page.title }} {% highlight js %}1{% endhighlight %} `{{< code >}}`',
    ].join('\n\n'),
  );
  expect(shortcodes.map(({ name, how }) => `${name} ${how}`).sort()).toEqual([
    'ad dropped',
    'figure known',
    'highlight known',
    'if dropped',
    'note words',
    'quote known',
    'tab words',
    'tabs words',
    'youtube known',
    '{{ page.title }} known',
    '{{ page.views }} dropped',
  ]);
});
