using Ecart.App.Serve.Http;
using Ecart.MariaDb.Requests;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Api.Idempotency;

/// <summary>Why a request under a key is not carried out.</summary>
internal static class IdempotencyProblems
{
    public static ProblemAnswer InFlight { get; } = new(
        StatusCodes.Status409Conflict, "in_flight", "The same request is being carried out",
        "It was sent before under the same key and has no answer yet: send it again after Retry-After to get that answer.")
    { RetryAfterSeconds = 1 };

    public static ProblemAnswer Of(RequestState state, string key) => state switch
    {
        RequestState.KeyOfAnother => new ProblemAnswer(
            StatusCodes.Status422UnprocessableEntity, "key_of_another", "The key was used for another request",
            $"{IdempotencyGate.KeyHeader} is known with another method, path, query or body: give every request a key of its own, and send the same bytes when you repeat one.")
        { Field = IdempotencyGate.KeyHeader, Value = key },
        RequestState.AnswerLost => new ProblemAnswer(
            StatusCodes.Status409Conflict, "answer_lost", "It was carried out and its answer is lost",
            "The service died after the change and before it could keep the answer. The change stands: read what it was to change. It is not made a second time under this key."),
        _ => InFlight,
    };
}
