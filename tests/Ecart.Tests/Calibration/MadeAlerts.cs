using Ecart.Calibration;
using Ecart.Numerics;
using Ecart.Scoring;

namespace Ecart.Tests.Calibration;

/// <summary>Alerts whose truth depends on their evidence, as seeds decide.</summary>
internal static class MadeAlerts
{
    public static readonly DateTime Start = new(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Alerts of velocity are true, those of night activity false, but for a share of each.</summary>
    public static CalibrationEvent[] Make(int count, ulong seed = 1, double mixed = 0.05, double decided = 1)
    {
        var random = new SeededRandom(seed);
        var alerts = new CalibrationEvent[count];
        for (int i = 0; i < count; i++)
        {
            bool isTrue = random.Chance(0.5);
            bool looksTrue = isTrue ^ random.Chance(mixed);
            Contribution[] evidence =
            [
                new(EvidenceCode.BehaviorDistance, random.Between(0.3, 0.4)),
                looksTrue ? new(EvidenceCode.Velocity, random.Between(0.2, 0.3)) : new(EvidenceCode.NightActivity, random.Between(0.2, 0.3)),
            ];
            alerts[i] = new CalibrationEvent(Start.AddMinutes(i * 10), $"A{random.Next(count)}", random.NextDouble(), evidence, true, random.Chance(decided) ? isTrue : null)
            {
                EventUid = $"E{i}",
                StoredScore = ScoreRule.Of(evidence.Sum(one => one.Value)),
            };
        }

        return alerts;
    }
}
