# One image for every service, the gateway, the bot, the operator and the migrations; the argument names the part, such as
# services/lesson. It depends on no platform: amd64 and arm64 build alike.
ARG BUILD_IMAGE=node:26-trixie-slim
ARG RUN_IMAGE=gcr.io/distroless/cc-debian13:nonroot

FROM ${BUILD_IMAGE} AS packages
WORKDIR /src
COPY package.json package-lock.json tsconfig.json .npmrc start/manifests.ts ./
# Install scripts are off: one would download a second Node, another a database.
RUN node manifests.ts && npm install --no-save --ignore-scripts --no-audit --loglevel=error
# Node needs this library, and the smallest images lack it; its folder depends on the platform.
RUN mkdir /lib/ours && cp "$(ldconfig -p | awk '/libatomic\.so\.1/ { print $NF; exit }')" /lib/ours/libatomic.so.1

# For skaffold: runs the sources, and restarts when one of them changes.
FROM packages AS dev
COPY --chown=65532:65532 . .
RUN cd web && ../node_modules/.bin/vite build --logLevel error
USER 65532:65532
ENTRYPOINT ["node", "start/dev.ts"]

FROM packages AS page
COPY packages/contracts packages/contracts
COPY web web
RUN cd web && ../node_modules/.bin/vite build --logLevel error --outDir /app/web/dist

FROM packages AS parts
COPY . .
RUN node start/bundle.ts /app
# Each part is started once, by the user who will run it, and exits at once because of its bad port. That fills V8's compile cache,
# and later starts take half the time.
ENV NODE_COMPILE_CACHE=/app/.compiled NODE_OPTIONS=--max-old-space-size-percentage=75
WORKDIR /app
RUN mkdir .compiled && chown 65532:65532 .compiled
USER 65532:65532
RUN for part in bot gateway migrate operator services/*.js; do PORT=none timeout 10 node "${part%.js}" >/dev/null 2>&1 || true; done

FROM ${RUN_IMAGE}
# The stage that changes least comes first, so that a new build adds only small layers.
COPY --from=packages /usr/local/bin/node /usr/local/bin/node
COPY --from=packages /lib/ours /usr/lib
COPY --from=parts /app /app
COPY --from=page /app/web/dist /app/web/dist
WORKDIR /app
ENV NODE_ENV=production NODE_COMPILE_CACHE=/app/.compiled NODE_OPTIONS=--max-old-space-size-percentage=75
USER 65532:65532
ENTRYPOINT ["/usr/local/bin/node"]
CMD ["gateway"]
