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
    let url = source.url.as_str();
    let (secure, rest) = if let Some(rest) = url.strip_prefix("https://") {
        (true, rest)
    } else if let Some(rest) = url.strip_prefix("http://") {
        (false, rest)
    } else {
        return vec![format!(
            "`{url}`: write an address that starts with https://"
        )];
    };
    let mut messages = Vec::new();
    let (authority, path) = match rest.find(['/', '?', '#']) {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let mut say = |message: &str| messages.push(format!("`{url}`: {message}"));
    if authority.contains('@') {
        say("no user name in an address");
    }
    if authority.contains(':') {
        say("no port in an address");
    }
    if authority.contains('[') || authority.split('.').all(|part| part.parse::<u8>().is_ok()) {
        say("name the host, not its number");
    }
    if authority.contains("xn--") || !authority.is_ascii() {
        say("a host is written in plain ASCII letters, not punycode");
    }
    if url.chars().any(|c| c.is_whitespace() || c.is_control()) {
        say("no blanks in an address");
    }
    let authority = authority.to_ascii_lowercase();
    if NEVER.iter().any(|never| under(&authority, never)) {
        say("shortened addresses and messenger links are never shown");
    }
    for pair in path
        .split_once('?')
        .map_or("", |(_, query)| query)
        .split('&')
    {
        let key = pair.split('=').next().unwrap_or_default();
        if PAID.contains(&key) || key.starts_with("utm_") {
            say(&format!("take out the parameter `{key}`"));
        }
    }
    match hosts.iter().find(|host| under(&authority, &host.host)) {
        None => say(&format!(
            "the host `{authority}` is not in hosts.yaml; add it with whose it is"
        )),
        Some(host) => {
            if host.kind != source.kind {
                say(&format!(
                    "hosts.yaml calls `{}` {}, the source {}",
                    host.host,
                    host.kind.id(),
                    source.kind.id()
                ));
            }
            if !secure && !host.http {
                say("write https://, or `http: true` at the host if it has no https");
            }
        }
    }
    messages
}

/// Whether the host is that one, or below it.
fn under(host: &str, listed: &str) -> bool {
    host == listed
        || host
            .strip_suffix(listed)
            .is_some_and(|above| above.ends_with('.'))
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
            "`{name}`: write a host in small letters, such as povo.jp"
        ));
    }
    NEVER
        .iter()
        .any(|never| under(name, never))
        .then(|| format!("`{name}` shortens addresses or leads into a messenger: never listed"))
}
