using Ecart.Detection.Process;
using Ecart.Detection.Streaming.TimeSeries;
using Ecart.Scoring;

namespace Ecart.Domains.Iot;

/// <summary>
/// The continuous ranking score: noisy-or, 1 − Π(1 − e). What the series says is a tail probability already; the joint score and the distance are put against
/// their own thresholds. Findings count on every measurement, told or not. Stateless.
/// </summary>
internal sealed class IotRanker(IotOptions options)
{
    private readonly double seriesWeight = options.FindStreamDetector(TimeSeriesDetector.Kind)?.RankWeight ?? 0;
    private readonly double jointWeight = options.FindStreamDetector(ProcessMonitor.KindName)?.RankWeight ?? 0;

    /// <summary>Fills rank score, surprise and statistics. Changes no state.</summary>
    /// <param name="reading">What is known.</param>
    /// <param name="verdict">Receives them; has its evidence.</param>
    /// <param name="learnedEvidence">What trained detectors say, 0 to 1.</param>
    public void Rank(SignalReading reading, Verdict verdict, double learnedEvidence)
    {
        verdict.Statistics[IotStatistic.TimeSeries] = reading.Series;
        verdict.Statistics[IotStatistic.Distance] = reading.DistanceSigmas;
        verdict.Statistics[IotStatistic.Joint] = reading.Joint;
        verdict.Statistics[IotStatistic.JointAlarm] = double.IsNaN(reading.Joint) ? double.NaN : reading.IsJointAlarm ? 1 : 0;
        double series = double.IsNaN(reading.Series) ? 0 : seriesWeight * reading.Series;
        double joint = jointWeight * options.Rank.Reliability * Against(reading.Joint / reading.JointThreshold);
        double sound = (1 - series) * (1 - joint);
        verdict.Surprise = 1 - sound;
        if (reading.Profile is { } profile)
            sound *= 1 - (options.Distance.RankWeight * Against((reading.Distance - profile.Mean) / (profile.Critical - profile.Mean)));
        sound *= (1 - learnedEvidence) * (1 - FaultOf(reading));
        foreach (ref readonly Evidence evidence in verdict.Evidence)
        {
            if (evidence.Code is EvidenceCode.Signature or EvidenceCode.Rule) sound *= 1 - (options.Rank.Reliability * evidence.Contribution);
        }

        verdict.RankScore = 1 - sound;
    }

    private double FaultOf(SignalReading reading)
    {
        double sound = 1;
        if (reading.IsFound(IotFinding.Stuck)) sound *= 1 - options.StuckSensor.Contribution;
        if (reading.IsFound(IotFinding.Unit)) sound *= 1 - options.UnitChange.Contribution;
        if (reading.IsFound(IotFinding.Gap)) sound *= 1 - options.Gap.Contribution;
        if (reading.IsFound(IotFinding.Clock)) sound *= 1 - options.ClockJump.Contribution;
        return options.Rank.Reliability * (1 - sound);
    }

    /// <summary>0 for nothing, a half at 1, 1 for very much.</summary>
    private static double Against(double ratio)
    {
        if (!(ratio > 0)) return 0;
        double square = ratio * ratio;
        return square / (1 + square);
    }
}
