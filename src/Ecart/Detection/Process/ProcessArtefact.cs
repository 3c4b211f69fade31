using System.Security.Cryptography;
using Ecart.Detection.Batch;
using Ecart.Scoring;

namespace Ecart.Detection.Process;

/// <summary>A <see cref="ProcessMonitor"/> as bytes: a mark, the version of the format, options, model and state, and a SHA-256 of it all.</summary>
internal static class ProcessArtefact
{
    public const int Version = 1;

    private const int Mark = 0x4D504345; // "ECPM"
    private const int MostSignals = 1 << 20;

    public static byte[] Write(ProcessModel model, ProcessMonitorOptions options, ProcessState state)
    {
        var writer = new ArtefactWriter();
        writer.Int(Mark);
        writer.Int(Version);
        writer.Int(model.Signals);
        writer.Int(options.Season);
        writer.Int(options.Window);
        writer.Int(options.Hold);
        writer.Double(options.Release);
        writer.Double(options.Adaptation);
        model.Write(writer);
        state.Write(writer);
        return [.. writer.Written, .. SHA256.HashData(writer.Written)];
    }

    public static ProcessMonitor Read(ReadOnlySpan<byte> artefact)
    {
        if (artefact.Length < SHA256.HashSizeInBytes + sizeof(int))
            throw new ArtefactException("The artefact is damaged: it ends too early. Restore it from a backup or train again.");
        var reader = new ArtefactReader(artefact[..^SHA256.HashSizeInBytes]);
        if (reader.Int() != Mark) throw new ArtefactException("This is no process monitor: the artefact does not begin with the mark of one.");
        int version = reader.Int();
        if (version > Version)
            throw new ArtefactException($"The monitor was saved in format {version}; this program reads up to {Version}. Use the newer program, or train again.");
        if (!SHA256.HashData(artefact[..^SHA256.HashSizeInBytes]).AsSpan().SequenceEqual(artefact[^SHA256.HashSizeInBytes..]))
            throw new ArtefactException("The artefact is damaged: its checksum differs. Restore it from a backup or train again.");
        int signals = reader.Int(1, MostSignals);
        var options = new ProcessMonitorOptions
        {
            Season = reader.Int(),
            Window = reader.Int(),
            Hold = reader.Int(),
            Release = reader.Double(),
            Adaptation = reader.Double(),
        };
        try
        {
            options.Validate();
        }
        catch (OptionsException error)
        {
            throw new ArtefactException("The artefact is damaged: " + error.Message + " Restore it from a backup or train again.");
        }

        ProcessModel model = ProcessModel.Read(ref reader, signals, options.Season);
        var state = new ProcessState(signals, options.Window, options.Hold);
        state.Read(ref reader);
        reader.RequireEnd();
        return new ProcessMonitor(model, options, state);
    }
}
