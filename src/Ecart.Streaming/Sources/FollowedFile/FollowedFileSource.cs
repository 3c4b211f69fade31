using Ecart.Events;
using Ecart.Events.Decoding;
using Ecart.Streaming.Files;
using Ecart.Streaming.Live;

namespace Ecart.Streaming.Sources.FollowedFile;

/// <summary>
/// A CSV or JSON lines file that others write to, followed as it grows and through rotation: renamed and begun anew, or copied and cut. Every complete
/// record is handed in once, in the order of the file, with the byte behind it as its position.
/// </summary>
/// <param name="options">The file and how it is read.</param>
/// <param name="decoder">Makes events of records.</param>
/// <param name="map">Which column holds which field.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class FollowedFileSource(FollowedFileOptions options, IRecordDecoder decoder, FieldMap map, TimeProvider timeProvider) : ILiveSource
{
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public string Name { get; } = "file:" + Path.GetFileName(options.Path);

    /// <summary>Told, in a sentence for a person, of a failure that is tried again. Default null.</summary>
    public Action<string>? Retrying { get; init; }

    /// <inheritdoc/>
    public async Task RunAsync(IIntake intake, CancellationToken cancellationToken)
    {
        var reached = new ReachedPositions(Name, intake);
        while (true)
        {
            try
            {
                TimeSpan pause = await ReadGenerationsAsync(reached, intake, cancellationToken).ConfigureAwait(false) ? TimeSpan.Zero : options.PollInterval;
                await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException || MariaDb.Writing.TransientErrors.IsTransient(fault))
            {
                Retrying?.Invoke($"{options.Path} cannot be read, next try in {PauseAfterFault.TotalSeconds:F0} s: {fault.Message}");
                await Task.Delay(PauseAfterFault, timeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads what rotation left over since the last file that is known, then follows the present one until it is replaced.</summary>
    /// <returns>False when there is no file with a record yet.</returns>
    private async Task<bool> ReadGenerationsAsync(ReachedPositions reached, IIntake intake, CancellationToken cancellationToken)
    {
        List<FileGeneration> generations = FileGeneration.List(options.Path, options.Format);
        int first = generations.Count;
        var positions = new long?[generations.Count];
        for (int i = generations.Count - 1; i >= 0; i--)
        {
            positions[i] = await reached.FindAsync(generations[i], generations, cancellationToken).ConfigureAwait(false);
            if (positions[i] is not null) first = i;
        }

        // Clocks of file systems are coarse: of files made at the same moment none is passed over.
        while (first > 0 && first < generations.Count && generations[first - 1].CreatedAt == generations[first].CreatedAt) first--;

        // What was rotated away before the file was first followed is not asked for.
        if (first == generations.Count && first > 0 && generations[^1].Path == options.Path) first--;
        for (int i = first; i < generations.Count; i++)
        {
            bool isLast = i == generations.Count - 1;
            if (isLast || (positions[i] ?? 0) < generations[i].Length)
                await FollowAsync(generations[i], positions[i] ?? 0, reached, intake, cancellationToken).ConfigureAwait(false);
        }

        return first < generations.Count;
    }

    /// <summary>Reads a file until another has taken its place and nothing more comes.</summary>
    private async Task FollowAsync(FileGeneration generation, long position, ReachedPositions reached, IIntake intake, CancellationToken cancellationToken)
    {
        string source = reached.SourceOf(generation.Identity);
        if (!FollowedReader.TryOpen(generation, position, source, decoder, map, options.Format, out FollowedReader? reader)) return;
        using (reader)
        {
            long lengthBefore = -1;
            bool wasSucceeded = false;
            while (true)
            {
                await HandInAsync(reader, source, reached, intake, cancellationToken).ConfigureAwait(false);
                bool isSucceeded = HasSuccessor(generation.Identity);
                if (isSucceeded && wasSucceeded && reader.Length == lengthBefore) break;
                wasSucceeded = isSucceeded;
                lengthBefore = reader.Length;
                await Task.Delay(options.PollInterval, timeProvider, cancellationToken).ConfigureAwait(false);
                if (reader.IsReplaced) return;
            }

            reader.EndGrowth();
            await HandInAsync(reader, source, reached, intake, cancellationToken).ConfigureAwait(false);
            reached.Set(generation.Identity, reader.Length);
        }
    }

    private bool HasSuccessor(FileIdentity identity) =>
        FileGeneration.List(options.Path, options.Format) is [.., var newest] && newest.Identity != identity;

    private async Task HandInAsync(
        FollowedReader reader, string source, ReachedPositions reached, IIntake intake, CancellationToken cancellationToken)
    {
        while (reader.TryRead(out FileRecord record))
        {
            var item = new ReplayItem(record.Event, null, record.Rejected, source, record.Line);
            var position = new SourcePosition(source, 0, reader.Position);
            Label? label = LabelOf(in record);

            // A label stands on the line of its event: only both together move the position behind it.
            await intake.EnterAsync(new IntakeItem(item, label is null ? position : null, null), cancellationToken).ConfigureAwait(false);
            if (label is not null)
                await intake.EnterAsync(new IntakeItem(new ReplayItem(null, label, null, source, record.Line), position, null), cancellationToken).ConfigureAwait(false);
            reached.Set(reader.Identity, reader.Position);
        }
    }

    private Label? LabelOf(in FileRecord record) =>
        options.Labels && record.Event is { } told && record.Truth is { IsFraud: true } truth
            ? new Label(told.Domain, told.EventUid, true, truth.KnownAt ?? told.OccurredAt, "file")
            : null;
}
