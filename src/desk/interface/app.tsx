export function App() {
  return <main id="main">Desk</main>;
}
