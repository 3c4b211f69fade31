namespace Ecart.Eval.Simulator;

/// <summary>What alarms at one threshold mean on one stream.</summary>
/// <param name="FalseAlarmsPerThousand">Alarms on normal vectors, in a thousand; the time in which a shift is being learned does not count.</param>
/// <param name="DetectedShare">Share of attacks with an incident before their end.</param>
/// <param name="MeanDelay">Vectors from an attack's first to its incident, mean over attacks; one that is missed counts with its length.</param>
/// <param name="Recovery">Vectors from a genuine shift until alarms are as rare as before; null without a shift.</param>
internal sealed record ScenarioOutcome(double FalseAlarmsPerThousand, double DetectedShare, double MeanDelay, double? Recovery)
{
    /// <summary>An incident is the second alarm within this many vectors: single alarms come by chance.</summary>
    private const int IncidentSpan = 10;

    /// <summary>After a shift a detector has recovered where this many vectors hold at most <see cref="QuietAlarms"/> alarms.</summary>
    private const int QuietSpan = 100;

    private const int QuietAlarms = 3;

    /// <summary>After an attack a detector may still be alarmed by what it saw.</summary>
    private const int Aftermath = 20;

    /// <summary>Judges the scores of a stream.</summary>
    public static ScenarioOutcome Of(SimulatedStream stream, IReadOnlyList<double> scores, double threshold)
    {
        bool[] alarms = [.. scores.Select(score => score > threshold)];
        int? recovery = stream.ShiftAt is { } shift ? RecoveryAfter(stream, alarms, shift) : null;
        int normal = 0;
        int falseAlarms = 0;
        for (int time = stream.JudgedFrom; time < alarms.Length; time++)
        {
            if (stream.Attacks.Any(attack => time >= attack.First && time < attack.End + Aftermath)) continue;
            if (stream.ShiftAt is { } from && time >= from && time < from + recovery) continue;
            normal++;
            if (alarms[time]) falseAlarms++;
        }

        double[] delays = [.. stream.Attacks.Select(attack => (double)DelayOf(attack, alarms))];
        double found = stream.Attacks.Zip(delays, (attack, delay) => delay < attack.Length ? 1.0 : 0).DefaultIfEmpty(0).Average();
        return new ScenarioOutcome(1000.0 * falseAlarms / Math.Max(1, normal), found, delays.DefaultIfEmpty(0).Average(), recovery);
    }

    private static int DelayOf(SimulatedAttack attack, bool[] alarms)
    {
        int last = int.MinValue / 2;
        for (int time = attack.First; time < attack.End; time++)
        {
            if (!alarms[time]) continue;
            if (time - last < IncidentSpan) return time - attack.First;
            last = time;
        }

        return attack.Length;
    }

    private static int RecoveryAfter(SimulatedStream stream, bool[] alarms, int shift)
    {
        int end = stream.Attacks.Count > 0 ? stream.Attacks[0].First : alarms.Length;
        int time = shift;
        while (time + QuietSpan < end && alarms.AsSpan(time, QuietSpan).Count(true) > QuietAlarms) time++;
        return time + QuietSpan < end ? time - shift : end - shift;
    }
}
