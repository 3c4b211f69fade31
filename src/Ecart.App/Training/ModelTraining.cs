using Ecart.App.Commands;
using Ecart.Detection;
using Ecart.Detection.Batch;
using Ecart.Embedding;
using Ecart.MariaDb.Reading;
using Ecart.Vectors;

namespace Ecart.App.Training;

/// <summary>Trains models of any kind on normal events, and measures on the newest of them what a model does that has not seen them.</summary>
internal static class ModelTraining
{
    /// <summary>Fewer say little of 128 dimensions.</summary>
    public const int LeastEvents = 200;

    private const double HeldOutShare = 0.2;

    /// <summary>Every kind that can be trained.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. EmbeddingTraining.Kinds, .. BatchDetectors.All];

    /// <summary>Trains a model.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="events">What it learns from.</param>
    /// <param name="fraud">Confirmed fraud that it is measured on; may be empty.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static TrainedModel Train(string kind, NormalEvents events, Matrix fraud, CancellationToken cancellationToken)
    {
        Matrix rows = events.Rows;
        if (rows.Rows < LeastEvents)
        {
            throw new CommandException(
                $"There are {rows.Rows:N0} normal events to learn from; {LeastEvents} are the least. Replay or serve more events first, or look further back with --days.");
        }

        try
        {
            int earlier = rows.Rows - (int)(rows.Rows * HeldOutShare);
            return EmbeddingTraining.Kinds.Contains(kind)
                ? EmbeddingTraining.Train(kind, rows, earlier, cancellationToken)
                : DetectorTraining.Train(kind, rows, earlier, fraud, cancellationToken);
        }
        catch (DetectorInputException error)
        {
            throw new CommandException($"{kind} cannot be trained on these events: {error.Message}");
        }
    }
}
