/** What a script would do to be noticed: set a mark and open a dialog. */
const doing = ['alert(1)', 'window.ran=1', 'ran=1']

const ways = [
  ...['<script>§</script>', '<img src=x onerror=§>', '<svg onload=§>', '<body onload=§>', '<details open ontoggle=§>'],
  ...[
    '"><script>§</script>',
    "'><img src=x onerror=§>",
    '"onmouseover="§',
    "' onfocus=§ autofocus '",
    '</title><svg onload=§>',
  ],
  ...[
    'javascript:§',
    '[a](javascript:§)',
    '![a](x"onerror="§)',
    '<a href=javascript:§>x</a>',
    '<iframe srcdoc="<script>§</script>">',
  ],
  ...[
    '{{constructor.constructor("§")()}}',
    '#{§}',
    '</script><script>§</script>',
    '<math><a href=javascript:§>x',
    '<input autofocus onfocus=§>',
  ],
]

/** Sixty, short enough for the name of a place. */
export const payloads: string[] = doing.flatMap((deed) => ways.map((way) => way.replace('§', deed)))
