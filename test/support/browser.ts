/** A person's browser, as far as a login sees it: it follows redirects and keeps cookies. */
export interface Browser {
  /** Gets a page, and where redirects have led to. */
  open(url: string): Promise<{ url: string; answer: Response }>;
  /** Asks as a page's script does, which wants data and no login page. */
  ask(url: string): Promise<Response>;
  /** Gets one answer, and follows nothing. */
  look(url: string): Promise<Response>;
}

/**
 * @param names public addresses and where their servers really are, as an Ingress would know it: these servers are told
 * the public name and that it was https
 */
export function browser(names: Readonly<Record<string, string>>): Browser {
  const cookies = new Map<string, string>();

  async function request(url: string, accept: string): Promise<Response> {
    const { origin, host, pathname, search } = new URL(url);
    const real = names[origin];
    const forwarded = { 'x-forwarded-host': host, 'x-forwarded-proto': 'https' };
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const answer = await fetch((real ?? origin) + pathname + search, {
      redirect: 'manual',
      headers: { accept, ...(real && { ...forwarded, cookie }) },
    });
    for (const set of real ? answer.headers.getSetCookie() : []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(set) || value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  }

  async function open(url: string): Promise<{ url: string; answer: Response }> {
    const answer = await request(url, 'text/html');
    const location = answer.headers.get('location');
    return location ? open(new URL(location, url).href) : { url, answer };
  }
  return {
    open,
    ask: (url) => request(url, 'application/json'),
    look: (url) => request(url, 'text/html'),
  };
}
