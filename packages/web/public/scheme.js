// Sets dark or light before the first paint: a file of its own, because the content policy allows no inline script.
try {
  const kept = localStorage.getItem('redthread-scheme');
  if (kept === 'light') document.documentElement.setAttribute('data-mantine-color-scheme', 'light');
} catch {
  // Storage is blocked: dark stays.
}
