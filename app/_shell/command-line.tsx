/** A flag and its value, such as `--seeds 10000`. */
const FLAG = /--\S+(?: [^\s-]\S*)?/g;

/** A file's name, without its folders. */
const FILE = /([^\s/]+\.ya?ml)/;

/** A command as text that breaks before a flag, never within one nor between a flag and its value, and before a file's name rather than in it. */
export function CommandLine({ text }: { readonly text: string }) {
  const flags = [...text.matchAll(FLAG)];
  return flags.length === 0 ? (
    <Words text={text} />
  ) : (
    <>
      <Words text={text.slice(0, flags[0]!.index)} />
      {flags.map(({ 0: flag, index }, at) => (
        <Flag key={index} flag={flag} after={text.slice(index + flag.length, flags[at + 1]?.index)} />
      ))}
    </>
  );
}

function Flag({ flag, after }: { readonly flag: string; readonly after: string }) {
  return (
    <>
      <span style={{ whiteSpace: 'nowrap' }}>{flag}</span>
      <Words text={after} />
    </>
  );
}

function Words({ text }: { readonly text: string }) {
  return text.split(FILE).map((part) =>
    FILE.test(part) ? (
      <span key={part} style={{ display: 'inline-block' }}>
        {part}
      </span>
    ) : (
      part
    ),
  );
}
