using Ecart.Detection;
using Ecart.Detection.Streaming.TimeSeries;
using Ecart.Domains.Iot.Signals;
using Ecart.Scoring;

namespace Ecart.Domains.Iot.Detectors;

/// <summary>The signal's own series did what it never did.</summary>
internal sealed class TimeSeriesEvidenceDetector : IEventDetector<IotContext>
{
    /// <inheritdoc/>
    public void Evaluate(in IotContext context, Verdict verdict)
    {
        if (context.Reading is not { Signal: { Series: { } series } signal } reading || !reading.IsToTell(IotFinding.TimeSeries)) return;
        IotStreamDetectorOptions options = context.Series!;
        double decades = Math.Min(TimeSeriesDetectorLimits.MostDecades, -Math.Log10(1 - reading.Series));
        double beyond = Math.Clamp((decades / options.Decades) - 1, 0, 1);
        double contribution = options.Minimum + ((options.Maximum - options.Minimum) * beyond);
        verdict.Add(new(EvidenceCode.TimeSeries, contribution, reading.Value, double.NaN, options.Decades, decades, SubjectOf(reading, signal, series)));
    }

    private static string SubjectOf(SignalReading reading, SignalState signal, TimeSeriesDetector series)
    {
        Span<double> components = stackalloc double[TimeSeriesDetectorLimits.Components];
        series.Explain(reading.Event!.OccurredAt, reading.Value, components);
        int most = 0;
        for (int i = 1; i < components.Length; i++)
            if (components[i] > components[most]) most = i;
        return signal.SubjectOf(most);
    }
}
