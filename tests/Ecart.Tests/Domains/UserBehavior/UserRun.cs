using Ecart.Domains.UserBehavior;
using Ecart.Scoring;

namespace Ecart.Tests.Domains.UserBehavior;

/// <summary>An engine fed as a lane feeds it: score, learn, label, in the order of one log.</summary>
internal sealed class UserRun(UserBehaviorOptions? options = null)
{
    private readonly Dictionary<string, ScoredEvent> log = [];
    private readonly Dictionary<string, bool> labels = [];
    private long seq;

    public UserBehaviorEngine Engine { get; } = new(options ?? UserBehaviorOptions.Default);

    public Verdict Feed(UserBehaviorEvent action)
    {
        Verdict verdict = Score(action);
        var scored = new ScoredEvent(action, verdict, 0, ++seq);
        Engine.Learn(in scored);
        log.Add(action.EventUid, scored);
        return verdict;
    }

    public Verdict Score(UserBehaviorEvent action)
    {
        var verdict = new Verdict(UserBehaviorLayout.Dimension);
        Engine.Score(action, verdict);
        return verdict;
    }

    public void Label(string uid, bool isAnomaly)
    {
        Engine.ApplyLabel(log[uid], isAnomaly, labels.TryGetValue(uid, out bool previous) ? previous : null, ++seq);
        labels[uid] = isAnomaly;
    }

    /// <summary>Four weeks of a log-in and four actions every morning.</summary>
    public UserRun WithHabit(string user = "alice", string? role = null, string? country = "FR", double latitude = double.NaN, double longitude = double.NaN)
    {
        for (int day = -28; day < 0; day++)
        {
            double at = (day * 1440) - 120 + (-day % 5 * 7);
            Feed(UserCase.At(at, user, "login", "portal", role: role, country: country, latitude: latitude, longitude: longitude));
            for (int i = 1; i <= 4; i++)
                Feed(UserCase.At(at + (i * 9), user, resource: $"/page{(i + -day) % 6}", role: role, country: country, latitude: latitude, longitude: longitude));
        }

        return this;
    }

    public static string[] Codes(Verdict verdict) =>
        [.. verdict.Evidence.ToArray().Where(evidence => evidence.Contribution > 0).Select(evidence => evidence.Code)];
}
