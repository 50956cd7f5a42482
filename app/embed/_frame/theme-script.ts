/**
 * Runs before the first paint of an embedded page: the address decides the theme, not what the reader chose for the site. Without a
 * valid `theme` the frame follows the device.
 */
export const embedThemeScript = `var t=new URLSearchParams(location.search).get('theme'),d=document.documentElement;if(t==='light'||t==='dark')d.dataset.theme=t;else delete d.dataset.theme`;
