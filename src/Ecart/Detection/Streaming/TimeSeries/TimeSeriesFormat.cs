using Ecart.Detection.Batch;
using Ecart.Scoring;

namespace Ecart.Detection.Streaming.TimeSeries;

/// <summary>The options of a saved time-series detector.</summary>
internal static class TimeSeriesFormat
{
    public static void Write(ArtefactWriter writer, TimeSeriesOptions options)
    {
        writer.Int(options.MinimumPoints);
        writer.Int(options.ValueHistory);
        writer.Int(options.ValueGap);
        writer.Int(options.RecentPoints);
        writer.Int(options.ReferencePoints);
        writer.Int(options.ShapePoints);
        writer.Int(options.ShapeHistory);
        writer.Int(options.PartsOfDay);
        writer.Double(options.SeasonRate);
        writer.Double(options.QuietShare);
        writer.Int(options.MaximumQuietPoints);
    }

    public static TimeSeriesOptions ReadOptions(ref ArtefactReader reader)
    {
        var options = new TimeSeriesOptions
        {
            MinimumPoints = reader.Int(),
            ValueHistory = reader.Int(),
            ValueGap = reader.Int(),
            RecentPoints = reader.Int(),
            ReferencePoints = reader.Int(),
            ShapePoints = reader.Int(),
            ShapeHistory = reader.Int(),
            PartsOfDay = reader.Int(),
            SeasonRate = reader.Double(),
            QuietShare = reader.Double(),
            MaximumQuietPoints = reader.Int(),
        };
        try
        {
            options.Validate();
        }
        catch (OptionsException error)
        {
            throw new ArtefactException("The artefact is damaged: " + error.Message + " Restore it from a backup or begin anew.");
        }

        return options;
    }
}
