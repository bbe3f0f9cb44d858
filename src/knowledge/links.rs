//! Which addresses may be printed: https, on a host we know, with nothing hidden in them.

use crate::fact::Source;
use crate::knowledge::phrase::Host;

/// Hosts that shorten addresses or lead into a messenger; none may ever be listed.
const NEVER: [&str; 20] = [
    "bit.ly",
    "t.co",
    "goo.gl",
    "tinyurl.com",
    "ow.ly",
    "is.gd",
    "buff.ly",
    "amzn.to",
    "amzn.asia",
    "x.gd",
    "t.me",
    "telegram.me",
    "telegram.org",
    "wa.me",
    "whatsapp.com",
    "line.me",
    "lin.ee",
    "weixin.qq.com",
    "discord.gg",
    "m.me",
];

/// Query parameters that pay somebody for the click.
const PAID: [&str; 14] = [
    "ref",
    "aff",
    "affid",
    "affiliate",
    "affiliate_id",
    "tag",
    "a8mat",
    "clickid",
    "gclid",
    "fbclid",
    "irclickid",
    "partner",
    "promo",
    "coupon",
];

/// What is wrong with the address of a source, or nothing.
#[must_use]
pub fn check(source: &Source, hosts: &[Host]) -> Vec<String> {
    let mut messages = check_address(&source.url, hosts);
    if let Some(host) = listed(&host_of(&source.url), hosts)
        && host.kind != source.kind
    {
        messages.push(format!(
            "`{}`: hosts.yaml calls `{}` {}, the source {}; make the two the same",
            source.url,
            host.host,
            host.kind.id(),
            source.kind.id()
        ));
    }
    messages
}

/// What is wrong with an address, or nothing.
#[must_use]
pub fn check_address(url: &str, hosts: &[Host]) -> Vec<String> {
    let Some((secure, rest)) = split_scheme(url) else {
        return vec![format!(
            "`{url}`: write an address that starts with https://"
        )];
    };
    let mut messages = Vec::new();
    let mut say = |message: &str| messages.push(format!("`{url}`: {message}"));
    let (authority, path) = match rest.find(['/', '?', '#']) {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let host = host_of(url);
    if authority.contains('@') {
        say("no user name in an address; take out what stands before `@`");
    }
    let number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let mut plain = true;
    let mut refuse = |message: &str, bad: bool| {
        if bad {
            say(message);
            plain = false;
        }
    };
    refuse(
        "name the host, not its number",
        authority.contains('[') || host.split('.').all(number),
    );
    refuse(
        "a host is written in plain ASCII letters, not punycode",
        host.contains("xn--") || !host.is_ascii(),
    );
    refuse(
        "shortened addresses and messenger links are never shown; name the page itself",
        never(&host),
    );
    if plain && authority.contains(':') {
        say("no port in an address; take out the colon and the number");
    }
    let hidden = |c: char| c.is_whitespace() || c.is_control() || "\\<>\"".contains(c);
    if url.chars().any(hidden) {
        say("no blanks, quotes or backslashes in an address");
    }
    for pair in path.split(['?', '#', '&', ';']).skip(1) {
        let key = pair.split('=').next().unwrap_or_default();
        let key = key.to_ascii_lowercase();
        if PAID.contains(&key.as_str()) || key.starts_with("utm_") {
            say(&format!("take out the parameter `{key}`"));
        }
    }
    match listed(&host, hosts) {
        None if !plain => {}
        None => say(&format!(
            "the host `{host}` is not in hosts.yaml; add it with whose it is"
        )),
        Some(known) if !secure && !known.http => {
            say("write https://, or `http: true` at the host if it has no https");
        }
        Some(_) => {}
    }
    messages
}

/// Whether the address is https, and what follows `://`.
fn split_scheme(url: &str) -> Option<(bool, &str)> {
    let secure = url.strip_prefix("https://").map(|rest| (true, rest));
    secure.or_else(|| url.strip_prefix("http://").map(|rest| (false, rest)))
}

/// The host of an address, in small letters.
fn host_of(url: &str) -> String {
    let rest = split_scheme(url).map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    host.to_ascii_lowercase()
}

/// The entry of a host: its own, or else that of the nearest host above it.
fn listed<'a>(host: &str, hosts: &'a [Host]) -> Option<&'a Host> {
    let above = hosts.iter().filter(|known| under(host, &known.host));
    above.max_by_key(|known| known.host.len())
}

/// Whether a host shortens addresses or leads into a messenger.
#[must_use]
pub fn never(host: &str) -> bool {
    NEVER.iter().any(|never| under(host, never))
}

/// Whether the host is that one, or below it.
fn under(host: &str, listed: &str) -> bool {
    host == listed
        || host
            .strip_suffix(listed)
            .is_some_and(|above| above.ends_with('.'))
}

/// A host in a sentence that shortens addresses or leads into a messenger.
#[must_use]
pub fn never_in(sentence: &str) -> Option<String> {
    let in_host = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    sentence
        .split(|c: char| !in_host(c))
        .map(|word| word.trim_matches('.').to_ascii_lowercase())
        .find(|word| never(word))
}

/// What is wrong with an entry of the list of hosts, or nothing.
#[must_use]
pub fn check_host(host: &Host) -> Option<String> {
    let name = host.host.as_str();
    let plain = name.contains('.')
        && !name.starts_with('.')
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-'));
    if !plain || name.contains("xn--") {
        return Some(format!(
            "`{name}`: write a host in small letters, such as www.soumu.go.jp"
        ));
    }
    never(name).then(|| {
        format!(
            "`{name}` shortens addresses or leads into a messenger; take it out, it is never listed"
        )
    })
}
