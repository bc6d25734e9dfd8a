package io.millrace.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** How a call failed, with the details that programs read. */
record Failure(Status.Code code, String message, ErrorInfo info, boolean hasRetryInfo) {
    /** Makes the call, which must fail with millrace's details. */
    static Failure of(ThrowingCallable call) {
        return of(catchThrowableOfType(StatusRuntimeException.class, call));
    }

    /** The failure of a call that must have failed. */
    static Failure of(@Nullable Throwable end) {
        Throwable failure = Objects.requireNonNull(end, "The call did not fail.");
        com.google.rpc.Status status = StatusProto.fromThrowable(failure);
        assertThat(status).as("the details of %s", failure).isNotNull();
        ErrorInfo info = ErrorInfo.getDefaultInstance();
        boolean retry = false;
        for (Any detail : status.getDetailsList()) {
            retry |= detail.is(RetryInfo.class);
            info = detail.is(ErrorInfo.class) ? unpacked(detail) : info;
        }
        assertThat(info.getDomain()).isEqualTo("millrace");
        return new Failure(Status.fromThrowable(failure).getCode(), status.getMessage(), info, retry);
    }

    String reason() {
        return info.getReason();
    }

    private static ErrorInfo unpacked(Any detail) {
        try {
            return detail.unpack(ErrorInfo.class);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
