using System.Buffers;
using Ecart.Detection.Batch;
using Ecart.Profiles;
using Ecart.Rules.Windows;
using Ecart.Scoring;
using Ecart.Thresholds;

namespace Ecart.Domains.Declared;

/// <summary>Hands changed state to a sink and takes it back: entities exactly, what all lanes share as counts.</summary>
internal sealed class DeclaredCheckpoint(DeclaredPlan plan, DeclaredState state)
{
    private const string PopulationType = "population";
    private readonly ArrayBufferWriter<byte> buffer = new(16 * 1024);

    public void Write(IStateSink sink)
    {
        foreach (DeclaredEntityState entity in state.Entities.All.Where(state.Entities.IsChanged).OrderBy(entity => entity.Id, StringComparer.Ordinal))
        {
            buffer.ResetWrittenCount();
            var writer = new StateWriter(buffer);
            DeclaredStateCodec.Write(entity, writer);
            writer.Int(entity.Windows is null ? 0 : 1);
            if (entity.Windows is { } events) state.Windows.WriteOwn(events, writer);
            sink.Entity(plan.Declaration.Entity, entity.Id, entity.Lane, entity.Seq, DeclaredStateCodec.Format, buffer.WrittenSpan);
        }

        state.Entities.EndCheckpoint();
        state.Windows.Write(sink, DeclaredStateCodec.Format);
        if (!state.PopulationIsDirty) return;
        foreach ((string id, TailHistogram histogram) in Histograms())
        {
            buffer.ResetWrittenCount();
            TailHistogramCodec.Write(histogram, new StateWriter(buffer));
            sink.Entity(PopulationType, id, IStateSink.NoLane, 0, DeclaredStateCodec.Format, buffer.WrittenSpan);
        }

        state.PopulationIsDirty = false;
    }

    public void RestoreEntity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> bytes)
    {
        if (format != DeclaredStateCodec.Format)
            throw StateFormatException.OtherFormat(entityType, entityId, format, $"format {DeclaredStateCodec.Format}");

        try
        {
            var reader = new StateReader(bytes);
            Restore(entityType, entityId, lane, seq, ref reader);
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw StateFormatException.Damaged(entityType, entityId, error, bytes.Length);
        }
        catch (ArtefactException error)
        {
            throw new StateFormatException(
                $"A streaming detector in the stored state of {entityType} '{entityId}' cannot be read: {error.Message} "
                + $"Run 'ecart profiles rebuild --domain {plan.Declaration.Name}' to make it again from the log.");
        }
    }

    private void Restore(string entityType, string entityId, int lane, long seq, ref StateReader reader)
    {
        if (entityType == PopulationType)
        {
            // That of a streaming detector that the declaration does not name any more is left.
            if (Array.Find(Histograms(), known => known.Id == entityId).Histogram is not { } histogram) return;
            TailHistogramCodec.Include(histogram, ref reader);
        }
        else if (entityType == EntityWindows<DeclaredContext>.StoredType)
        {
            state.Windows.Restore(entityId, ref reader);
        }
        else
        {
            DeclaredEntityState entity = state.NewEntity(entityId);
            entity.Lane = lane;
            entity.Seq = seq;
            DeclaredStateCodec.Read(entity, ref reader);
            if (reader.Int() != 0) entity.Windows = state.Windows.ReadOwn(ref reader);
            state.Entities.Put(entity);
        }

        reader.RequireEnd();
    }

    private (string Id, TailHistogram Histogram)[] Histograms() =>
    [
        ("distance", state.Distance),
        ("novelty", state.Novelty),
        ("deviation", state.Deviation),
        .. state.StreamScores.Select((histogram, slot) => (state.Slots.NameOf(slot), histogram)),
    ];
}
