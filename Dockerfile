# Build: everything, then without what only development needs. No install script runs: the native
# packages bring their binaries in the package.
FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY build.mjs tsconfig.json tsconfig.build.json ./
COPY schemas ./schemas
COPY src ./src
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:20-slim
ENV NODE_ENV=production \
    CLAIMWRIGHT_DATA=/data \
    CLAIMWRIGHT_KEYS=/keys/claimwright.keys.json \
    CLAIMWRIGHT_CHECKPOINTS=/keys/claimwright.checkpoints.ndjson \
    CLAIMWRIGHT_HOST=0.0.0.0 \
    CLAIMWRIGHT_PORT=3837
WORKDIR /app
RUN install -d -o node -g node -m 0700 /data /keys
COPY package.json ./
COPY bin ./bin
COPY schemas ./schemas
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER node
VOLUME ["/data", "/keys"]
EXPOSE 3837
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.CLAIMWRIGHT_PORT}/api/v1/health`) \
    .then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/app/bin/claimwright"]
CMD ["serve"]
