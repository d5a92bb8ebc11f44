{
  const date = document.currentScript.previousElementSibling.querySelector('time');
  const years = Math.floor((Date.now() - Date.parse(date.dateTime)) / 31557600000);
  if (years > 0 && Intl.RelativeTimeFormat) {
    const age = document.createElement('b');
    age.className = 'age';
    age.textContent = new Intl.RelativeTimeFormat(date.closest('[lang]').lang).format(-years, 'year');
    date.append(',');
    date.after(' ', age);
  }
}
