# Images of Millrace, one target each: controller, broker, gateway, cli, front.
#   docker build --target broker -t millrace/broker .
# Needs BuildKit, which is Docker's builder since version 23.

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
# Checks and tests belong to "./millrace test"; an image is built from what has passed them.
RUN --mount=type=cache,target=/root/.m2 \
    mvn --batch-mode --quiet -pl controller-service,broker-service,gateway,standalone,cli -am package \
      -DskipTests -Dspotless.check.skip=true -Dcheckstyle.skip=true
# Libraries of others change seldom and lie in a layer of their own.
RUN docker/lay-out.sh /out

FROM eclipse-temurin:25-jre AS base
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin millrace \
    && install -d -o millrace -g millrace /data
COPY docker/run docker/healthy /opt/millrace/bin/
WORKDIR /opt/millrace
ENV MILLRACE_HOST=0.0.0.0

# Runs a small cluster once, so that each JVM can keep what it learned about its classes (JEP 514). It must be the same JVM
# on the same files as later, hence here and not in the build stage.
FROM base AS trained
COPY --from=build /out/zookeeper /opt/zookeeper
COPY --from=build /out/controller/libraries /opt/millrace/controller/
COPY --from=build /out/controller/program /opt/millrace/controller/
COPY --from=build /out/broker/libraries /opt/millrace/broker/
COPY --from=build /out/broker/program /opt/millrace/broker/
COPY --from=build /out/gateway/libraries /opt/millrace/gateway/
COPY --from=build /out/gateway/program /opt/millrace/gateway/
COPY --from=build /out/cli/libraries /opt/millrace/cli/
COPY --from=build /out/cli/program /opt/millrace/cli/
COPY docker/train.sh /opt/millrace/bin/
RUN bin/train.sh

FROM base AS controller
COPY --from=build /out/controller/libraries /opt/millrace/controller/
COPY --from=build /out/controller/program /opt/millrace/controller/
COPY --from=trained /opt/millrace/controller/start.aot /opt/millrace/controller/
USER 10001
EXPOSE 19093 9404
ENV MILLRACE_HEAP=96m
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=120s --start-interval=1s CMD ["/opt/millrace/bin/healthy"]
ENTRYPOINT ["/opt/millrace/bin/run", "controller"]

FROM base AS broker
COPY --from=build /out/broker/libraries /opt/millrace/broker/
COPY --from=build /out/broker/program /opt/millrace/broker/
COPY --from=trained /opt/millrace/broker/start.aot /opt/millrace/broker/
USER 10001
EXPOSE 19092 9404
VOLUME /data
ENV MILLRACE_HEAP=160m MILLRACE_BROKER_LOG_DIRECTORIES=/data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=120s --start-interval=1s CMD ["/opt/millrace/bin/healthy"]
ENTRYPOINT ["/opt/millrace/bin/run", "broker"]

FROM base AS gateway
COPY --from=build /out/gateway/libraries /opt/millrace/gateway/
COPY --from=build /out/gateway/program /opt/millrace/gateway/
COPY --from=trained /opt/millrace/gateway/start.aot /opt/millrace/gateway/
USER 10001
EXPOSE 8082 50051 9092 9404
ENV MILLRACE_HEAP=192m
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=120s --start-interval=1s CMD ["/opt/millrace/bin/healthy"]
ENTRYPOINT ["/opt/millrace/bin/run", "gateway"]

FROM base AS cli
COPY --from=build /out/cli/libraries /opt/millrace/cli/
COPY --from=build /out/cli/program /opt/millrace/cli/
COPY --from=trained /opt/millrace/cli/start.aot /opt/millrace/cli/
USER 10001
ENV MILLRACE_HEAP=128m
ENTRYPOINT ["/opt/millrace/bin/run", "cli"]

# One address in front of several gateways, for machines that have no load balancer.
FROM debian:bookworm-slim AS front
RUN apt-get update && apt-get install --yes --no-install-recommends haproxy && rm -rf /var/lib/apt/lists/*
COPY docker/haproxy.cfg /etc/haproxy/haproxy.cfg
COPY docker/healthy /opt/millrace/bin/
USER haproxy
EXPOSE 8082 50051 9092 9404
STOPSIGNAL SIGUSR1
HEALTHCHECK --interval=5s --timeout=3s --start-period=120s --start-interval=1s CMD ["/opt/millrace/bin/healthy"]
ENTRYPOINT ["haproxy", "-W", "-db", "-f", "/etc/haproxy/haproxy.cfg"]
