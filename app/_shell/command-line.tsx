/** A flag and its value, such as `--seeds 10000`. */
const FLAG = /--\S+(?: [^\s-]\S*)?/g;

/** A command as text that breaks before a flag, never within one nor between a flag and its value. */
export function CommandLine({ text }: { readonly text: string }) {
  const flags = [...text.matchAll(FLAG)];
  return flags.length === 0 ? (
    text
  ) : (
    <>
      {text.slice(0, flags[0]!.index)}
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
      {after}
    </>
  );
}
