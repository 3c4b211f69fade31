using System.Security.Cryptography;
using Ecart.Detection.Batch;
using Ecart.Scoring;

namespace Ecart.Detection.Streaming.TimeSeries;

/// <summary>The frame of a saved time-series detector: mark, version, options, and a SHA-256 of it all at the end.</summary>
internal static class TimeSeriesFormat
{
    /// <summary>A reader of what lies after mark and version.</summary>
    /// <exception cref="ArtefactException">Damaged, of another kind, or of a newer format.</exception>
    public static ArtefactReader Open(ReadOnlySpan<byte> artefact, int mark, int version)
    {
        if (artefact.Length < SHA256.HashSizeInBytes + sizeof(int))
            throw new ArtefactException("The artefact is damaged: it ends too early. Restore it from a backup or begin anew.");
        ReadOnlySpan<byte> content = artefact[..^SHA256.HashSizeInBytes];
        var reader = new ArtefactReader(content);
        if (reader.Int() != mark) throw new ArtefactException("This is no time-series detector: the artefact does not begin with the mark of one.");
        int saved = reader.Int();
        if (saved > version)
            throw new ArtefactException($"The detector was saved in format {saved}; this program reads up to {version}. Use the newer program, or begin anew.");
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(artefact[^SHA256.HashSizeInBytes..]))
            throw new ArtefactException("The artefact is damaged: its checksum differs. Restore it from a backup or begin anew.");
        return reader;
    }

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
