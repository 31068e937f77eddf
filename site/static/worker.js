/**
 * Keeps one whole edition of the course on the device: a new edition is taken whole or not at all, and the old one serves
 * until then. Attempts live in the browser's local storage, which this never touches.
 */
"use strict";

const EDITION = "{{edition}}";
const FILES = {{files}};

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(EDITION);
    // addAll fails as a whole where one file fails: then the browser drops this worker and keeps the old edition
    await cache.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" })));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== EDITION && name.startsWith("course-")) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  event.respondWith((async () => {
    const cache = await caches.open(EDITION);
    const path = address.pathname.endsWith("/") ? `${address.pathname}index.html` : address.pathname;
    return await cache.match(address.origin + path, { ignoreSearch: true }) ?? fetch(event.request);
  })());
});
