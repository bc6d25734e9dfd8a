package io.millrace.gateway.kafka.handler.admin;

import io.millrace.gateway.kafka.handler.ApiHandler;
import io.millrace.gateway.kafka.handler.Call;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.DescribeUserScramCredentialsRequestData;
import org.apache.kafka.common.message.DescribeUserScramCredentialsRequestData.UserName;
import org.apache.kafka.common.message.DescribeUserScramCredentialsResponseData;
import org.apache.kafka.common.message.DescribeUserScramCredentialsResponseData.DescribeUserScramCredentialsResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** DescribeUserScramCredentials (KIP-554): nobody has any. Kafka's tool asks for them whenever it is asked for the quotas of users. */
final class DescribeUserScramCredentialsHandler implements ApiHandler<DescribeUserScramCredentialsRequestData> {
    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.DESCRIBE_USER_SCRAM_CREDENTIALS, 0, 0);
    }

    @Override
    public void handle(DescribeUserScramCredentialsRequestData request, Call call) {
        List<DescribeUserScramCredentialsResult> results = new ArrayList<>();
        if (request.users() != null) { // none are the ones of everybody
            for (UserName user : request.users()) {
                results.add(new DescribeUserScramCredentialsResult()
                        .setUser(user.name())
                        .setErrorCode(Errors.RESOURCE_NOT_FOUND.code())
                        .setErrorMessage("The user has no SCRAM credentials: there are none yet."));
            }
        }
        call.reply(new DescribeUserScramCredentialsResponseData().setResults(results));
    }
}
