import type { ComponentChildren } from 'preact';
import { addressOf, route } from '../state/route.ts';
import { isConnected, session } from '../state/session.ts';
import { words } from '../words.ts';
import { Messages } from './messages.tsx';

const views = ['stories', 'calendar', 'pictures', 'fronts', 'pages', 'authors', 'topics', 'series', 'site'] as const;

/** The frame of every view: the paper's name, where one can go, and the live regions. */
export function Shell({ children, isCompact = false }: { children: ComponentChildren; isCompact?: boolean }) {
  const { view, asked } = route.value;
  const isFront = asked.get('path')?.startsWith('fronts/');
  const current = view === 'edit' ? (isFront ? 'fronts' : 'stories') : view;
  return (
    <>
      <header class={`desk-head ${isCompact ? 'compact' : ''}`}>
        <a class="skip" href="#main">
          {words.skip}
        </a>
        <a class="desk-name" href="/desk/">
          <span class="paper-name">{session.value?.site.name ?? ' '}</span>
          <span class="desk-word">{words.desk}</span>
        </a>
        <nav aria-label={words.views}>
          <ul>
            {views.map((name) => (
              <li key={name}>
                <a href={addressOf(name)} aria-current={current === name ? 'page' : undefined}>
                  {words.viewNames[name]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      {!isConnected.value && session.value && (
        <p class="notice bad" role="status">
          <b>{words.noServer}</b> {words.noServerTodo}
        </p>
      )}
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <Messages />
    </>
  );
}
