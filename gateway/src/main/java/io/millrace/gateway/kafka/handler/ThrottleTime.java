package io.millrace.gateway.kafka.handler;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.apache.kafka.common.protocol.ApiMessage;
import org.jspecify.annotations.Nullable;

/**
 * The field throttle_time_ms of responses, which nearly all of them have, without a type that they have in common. A version that does
 * not have it leaves it out.
 */
final class ThrottleTime {
    private static final ClassValue<@Nullable MethodHandle> SETTERS = new ClassValue<>() {
        @Override
        protected @Nullable MethodHandle computeValue(Class<?> response) {
            try {
                return MethodHandles.publicLookup()
                        .findVirtual(response, "setThrottleTimeMs", MethodType.methodType(response, int.class))
                        .asType(MethodType.methodType(void.class, ApiMessage.class, int.class));
            } catch (NoSuchMethodException | IllegalAccessException none) {
                return null;
            }
        }
    };

    private ThrottleTime() {}

    /** Tells a client for how long it is not heard, as far as the response can. */
    static void set(ApiMessage response, int millis) {
        MethodHandle setter = SETTERS.get(response.getClass());
        if (setter == null) {
            return;
        }
        try {
            setter.invokeExact(response, millis);
        } catch (Throwable bug) {
            throw new IllegalStateException("A setter that throws", bug);
        }
    }
}
