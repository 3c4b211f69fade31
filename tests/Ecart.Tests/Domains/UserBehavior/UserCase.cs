using Ecart.Domains.UserBehavior;
using Ecart.Numerics;

namespace Ecart.Tests.Domains.UserBehavior;

/// <summary>Actions of users around a moment.</summary>
internal static class UserCase
{
    public static readonly DateTime Now = new(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc);
    private static int number;

    public static UserBehaviorEvent At(
        double minutes,
        string user = "alice",
        string type = "read",
        string? resource = "/wiki",
        ActionOutcome outcome = ActionOutcome.Success,
        string? device = "laptop",
        string? ip = "192.0.2.7",
        string? country = "FR",
        double latitude = double.NaN,
        double longitude = double.NaN,
        string? role = null,
        float[]? embedding = null,
        int embeddingVersion = 0) => new()
        {
            EventUid = $"e{Interlocked.Increment(ref number)}",
            OccurredAt = Now.AddMicroseconds(Math.Round(minutes * 60e6)),
            UserId = user,
            EventType = type,
            Resource = resource,
            Outcome = outcome,
            DeviceId = device,
            SourceIp = ip,
            Country = country,
            Latitude = latitude,
            Longitude = longitude,
            Role = role,
            Embedding = embedding,
            EmbeddingVersion = embeddingVersion,
        };

    public static float[] Vector(ulong seed, float first = 0)
    {
        var random = new SeededRandom(seed);
        float[] vector = [.. Enumerable.Range(0, UserBehaviorLayout.Dimension).Select(_ => (float)(0.1 * random.NextNormal()))];
        vector[0] += first;
        return vector;
    }
}
