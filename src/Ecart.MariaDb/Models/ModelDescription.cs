namespace Ecart.MariaDb.Models;

/// <summary>What is known of a trained model beside its bytes.</summary>
/// <param name="Domain">The domain, 1 to 32 characters.</param>
/// <param name="Slot">What it can be in force as, see <see cref="ModelSlot"/>.</param>
/// <param name="Kind">The method, such as <c>pca_whitening</c>, at most 32 characters.</param>
/// <param name="EmbeddingVersion">Version of the embeddings that it takes in.</param>
/// <param name="Format">Version of the encoding of its bytes, as whoever reads them counts.</param>
/// <param name="TrainedFrom">Event time of the oldest event it learned from, UTC; null when it did not learn from events (a file of the user).</param>
/// <param name="TrainedUntil">Event time of the newest.</param>
/// <param name="TrainedRows">How many it learned from.</param>
/// <param name="Metrics">Figures of the training as a JSON object; null for none.</param>
/// <param name="Reason">Why it was trained, for those who read it later.</param>
/// <param name="By">Who trained it, 1 to 128 characters.</param>
public sealed record ModelDescription(
    string Domain,
    string Slot,
    string Kind,
    int EmbeddingVersion,
    int Format,
    DateTime? TrainedFrom,
    DateTime? TrainedUntil,
    long TrainedRows,
    string? Metrics,
    string Reason,
    string By);
