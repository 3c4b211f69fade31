namespace Ecart.Detection.Streaming.TimeSeries;

/// <summary>A usable point.</summary>
/// <param name="Ticks">Its time, as of <see cref="DateTime.Ticks"/>.</param>
/// <param name="Value">Finite.</param>
internal readonly record struct SeriesPoint(long Ticks, double Value);
