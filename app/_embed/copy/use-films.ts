import { useEffect, useState } from 'react';

/** Whether this browser writes VP9 video; false until it has said so. Nothing is loaded to find out. */
export function useFilms(): boolean {
  const [films, setFilms] = useState(false);
  useEffect(() => {
    // Browsers without WebCodecs, and every browser on an insecure origin, have no such class.
    if (typeof VideoEncoder === 'undefined') return;
    VideoEncoder.isConfigSupported({ codec: 'vp09.00.31.08', width: 880, height: 480 }).then(
      ({ supported }) => setFilms(supported === true),
      () => setFilms(false),
    );
  }, []);
  return films;
}
