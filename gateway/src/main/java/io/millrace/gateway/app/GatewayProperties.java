package io.millrace.gateway.app;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What holds for the gateway as a whole.
 *
 * @param pictureWait how long a change of a topic waits for this gateway's own picture to show it before it is answered
 * @param healthPatience how long an answer may take in a look at the cluster's health before its lack is a reason
 */
@ConfigurationProperties("millrace.gateway")
public record GatewayProperties(
        @DefaultValue("5s") Duration pictureWait,
        @DefaultValue("2s") Duration healthPatience) {
    public GatewayProperties {
        Ranges.require(!pictureWait.isNegative(), "millrace.gateway.picture-wait", "0 or more");
        Ranges.require(healthPatience.isPositive(), "millrace.gateway.health-patience", "more than 0");
    }
}
