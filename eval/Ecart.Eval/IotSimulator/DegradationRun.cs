using Ecart.Simulation;

namespace Ecart.Eval.IotSimulator;

/// <summary>One device that wore out.</summary>
/// <param name="Device">The device.</param>
/// <param name="LifeHours">Hours from the onset to the failure.</param>
/// <param name="Lead">Share of them that was left when the failure was announced; 0 when it was not.</param>
/// <param name="IsAnnounced">Whether it was.</param>
/// <param name="IsCovered">Whether the interval of the announcement held the truth.</param>
/// <param name="IsCoveredLater">The same half way to the failure; null when no prediction stood then.</param>
/// <param name="Ratio">Predicted over true hours left at the announcement.</param>
/// <param name="Width">Width of the interval over true hours left.</param>
internal sealed record DegradationRun(
    SimulatedDevice Device, double LifeHours, double Lead, bool IsAnnounced, bool IsCovered, bool? IsCoveredLater, double Ratio, double Width)
{
    public static DegradationRun Of(DeviceRecord record, DateTime failedAt)
    {
        DateTime onset = record.Device.Onset!.Value;
        double life = (failedAt - onset).TotalHours;
        // What was predicted before anything was wrong is no announcement of this failure.
        DeviceRecord.Prediction[] since = [.. record.Predictions.Values.Where(prediction => prediction.At >= onset && prediction.At < failedAt).OrderBy(prediction => prediction.At)];
        if (since.Length == 0) return new DegradationRun(record.Device, life, 0, false, false, null, double.NaN, double.NaN);
        DeviceRecord.Prediction first = since[0];
        double left = (failedAt - first.At).TotalHours;
        DateTime halfWay = first.At.AddHours(left / 2);
        bool? later = null;
        foreach (DeviceRecord.Prediction prediction in since)
        {
            if (Math.Abs((prediction.At - halfWay).TotalHours) > 1) continue;
            later = prediction.Covers((failedAt - prediction.At).TotalHours);
            break;
        }

        return new DegradationRun(record.Device, life, left / life, true, first.Covers(left), later, first.Hours / left, (first.AtMost - first.AtLeast) / left);
    }
}
