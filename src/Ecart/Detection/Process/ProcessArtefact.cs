using Ecart.Detection.Batch;
using Ecart.Scoring;

namespace Ecart.Detection.Process;

/// <summary>A <see cref="ProcessMonitor"/> as bytes: a mark, the version of the format, options, model and state, and a SHA-256 of it all.</summary>
internal static class ProcessArtefact
{
    public const int Version = 1;

    private static readonly ArtefactEnvelope Envelope = new()
    {
        Mark = 0x4D504345, // "ECPM"
        Version = Version,
        WithoutMark = "This is no process monitor: the artefact does not begin with the mark of one.",
        Saved = "The monitor was",
        ShortRemedy = "Restore it from a backup or train again.",
    };
    private const int MostSignals = 1 << 20;

    public static byte[] Write(ProcessModel model, ProcessMonitorOptions options, ProcessState state)
    {
        ArtefactWriter writer = Envelope.Begin();
        writer.Int(model.Signals);
        writer.Int(options.Season);
        writer.Int(options.Window);
        writer.Int(options.Hold);
        writer.Double(options.Release);
        writer.Double(options.Adaptation);
        model.Write(writer);
        state.Write(writer);
        return ArtefactEnvelope.Seal(writer);
    }

    public static ProcessMonitor Read(ReadOnlySpan<byte> artefact)
    {
        ArtefactReader reader = Envelope.Open(artefact);
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
