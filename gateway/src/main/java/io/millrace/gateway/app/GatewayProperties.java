package io.millrace.gateway.app;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What holds for the gateway as a whole.
 *
 * @param pictureWait how long a change of a topic waits for this gateway's own picture to show it before it is answered
 */
@ConfigurationProperties("millrace.gateway")
public record GatewayProperties(@DefaultValue("5s") Duration pictureWait) {
    public GatewayProperties {
        Ranges.require(!pictureWait.isNegative(), "millrace.gateway.picture-wait", "0 or more");
    }
}
