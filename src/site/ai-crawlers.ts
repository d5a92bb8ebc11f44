/**
 * The crawlers of companies that build or use AI, for `crawlers` in site.yaml. This is the only list of them.
 *
 * Source: github.com/ai-robots-txt/ai.robots.txt (robots.json of 22 August 2026), limited to crawlers whose operators
 * are known, and the pages of OpenAI, Anthropic, Google, Apple, Amazon, Meta, Mistral, and Perplexity about theirs.
 * Checked on 28 November 2026. To update it, compare it with that file and change the date.
 *
 * Not in the list: crawlers of search engines that also feed AI answers (Googlebot, Bingbot, Applebot), because a site
 * that refuses them leaves search, and `facebookexternalhit`, which fetches the picture of a shared link.
 */
export const aiCrawlersChecked = '2026-11-28';

/**
 * `training`: collects pages to train models, or sells them for that. `answers`: fetches pages to answer a question now,
 * usually with a link to the page.
 */
export type CrawlerPurpose = 'training' | 'answers';

/** By purpose, the names that robots.txt uses (product tokens, RFC 9309), in alphabetical order. */
export const aiCrawlers: Record<CrawlerPurpose, readonly string[]> = {
  training: [
    'AI2Bot',
    'Ai2Bot-Dolma',
    'Amazonbot',
    'anthropic-ai',
    'Applebot-Extended',
    'Bytespider',
    'CCBot',
    'ClaudeBot',
    'cohere-training-data-crawler',
    'DeepSeekBot',
    'Diffbot',
    'FacebookBot',
    'Google-CloudVertexBot',
    'Google-Extended',
    'GPTBot',
    'ICC-Crawler',
    'ImagesiftBot',
    'img2dataset',
    'meta-externalagent',
    'omgili',
    'omgilibot',
    'PanguBot',
    'TikTokSpider',
    'Timpibot',
    'webzio-extended',
  ],
  answers: [
    'AI2Bot-DeepResearchEval',
    'Amzn-SearchBot',
    'Amzn-User',
    'Andibot',
    'ChatGPT-User',
    'Claude-SearchBot',
    'Claude-User',
    'cohere-ai',
    'DuckAssistBot',
    'Gemini-Deep-Research',
    'Google-Agent',
    'Google-NotebookLM',
    'iAskBot',
    'kagi-fetcher',
    'LinkupBot',
    'meta-externalfetcher',
    'meta-webindexer',
    'MistralAI-User',
    'OAI-SearchBot',
    'Perplexity-User',
    'PerplexityBot',
    'PhindBot',
    'TavilyBot',
    'YouBot',
  ],
};
