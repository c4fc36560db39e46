use std::sync::mpsc;
use std::thread;

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use ureq::unversioned::transport::time::Duration;

/// Looks names up as `ureq` does, which however panics when it cannot start the thread that keeps the time.
#[derive(Debug)]
pub(super) struct Lookup;

impl Resolver for Lookup {
    /// Without a thread, a lookup may take longer than the timeout.
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let unlimited = NextTimeout { after: Duration::NotHappening, ..timeout };
        let (sender, receiver) = mpsc::sync_channel(1);
        let (asked, settings) = (uri.clone(), config.clone());
        let in_thread =
            move || drop(sender.send(DefaultResolver::default().resolve(&asked, &settings, unlimited)));
        match thread::Builder::new().spawn(in_thread) {
            Ok(_) => receiver.recv_timeout(*timeout.after).unwrap_or(Err(Error::Timeout(timeout.reason))),
            Err(_) => DefaultResolver::default().resolve(uri, config, unlimited),
        }
    }
}
