using Ecart.MariaDb.Reading;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>The part of an event's row that every domain's table has: its verdict. One instance a table's instance; not thread-safe.</summary>
/// <param name="score">Column of the score.</param>
/// <param name="flag">Column that says whether the event is flagged.</param>
/// <param name="learnedValue">Column of the main measure as the entity's state takes it in.</param>
/// <param name="hasLayout">Whether the table keeps what trained models say: what the embedding was made of, which model ranked, and what a challenger said.</param>
/// <param name="stored">Floats of the table's vector columns: shorter vectors are padded with zeros. Default 0: as long as the verdict's.</param>
internal sealed class VerdictColumns(string score, string flag, string learnedValue, bool hasLayout, int stored = 0)
{
    private readonly float[] padded = new float[stored];
    private readonly ReasonsWriter reasons = new();

    /// <summary>The columns that <see cref="Write"/> fills, in its order.</summary>
    public IReadOnlyList<string> Written { get; } =
    [
        "embedding", "embedding_version", .. hasLayout ? ["layout_embedding"] : Array.Empty<string>(), score, "rank_score", "distance_to_profile", "surprise",
        "learned_distance", learnedValue, "reasons", flag, "severity", "is_late", "is_learned", "suppressed_by", "configuration_version",
        .. hasLayout ? ["model_version", "shadow_version", "shadow_probability"] : Array.Empty<string>(),
    ];

    /// <summary>What <see cref="Read"/> takes, in its order: what a fold of the log needs.</summary>
    public IReadOnlyList<string> Taken { get; } =
    [
        "t.embedding", "t.embedding_version", "t.distance_to_profile", "t.surprise", "t.learned_distance", $"t.{learnedValue}", "t.is_late", "t.is_learned",
        "t.configuration_version", .. hasLayout ? ["t.layout_embedding"] : Array.Empty<string>(),
    ];

    /// <summary>A number of a row, NULL as NaN.</summary>
    public static double Number(MySqlDataReader row, int column) => row.IsDBNull(column) ? double.NaN : row.GetDouble(column);

    /// <summary>Writes a verdict.</summary>
    public void Write(Verdict verdict, RowWriter row)
    {
        WriteVector(verdict.Embedding, row);
        row.Number(verdict.EmbeddingVersion);
        if (hasLayout) WriteLayout(verdict, row);
        row.NumberOrNull(verdict.Score);
        row.NumberOrNull(verdict.RankScore);
        row.NumberOrNull(verdict.DistanceToProfile);
        row.Number(verdict.Surprise);
        row.NumberOrNull(verdict.LearnedDistance);
        row.NumberOrNull(verdict.LearnedValue);
        reasons.WriteReasons(verdict, row);
        row.Boolean(verdict.IsAnomaly);
        row.Text(StoredNames.Of(verdict.Severity));
        row.Boolean(verdict.IsLate);
        row.Boolean(verdict.IsLearned);
        if (verdict.SuppressedBy == 0) row.Null();
        else row.Number(verdict.SuppressedBy);
        row.Number(verdict.ConfigurationVersion);
        if (!hasLayout) return;
        WriteVersion(verdict.ModelVersion, row);
        WriteVersion(verdict.ShadowVersion, row);
        row.NumberOrNull(verdict.ShadowProbability);
    }

    /// <summary>Reads a verdict from a column of a row on.</summary>
    public void Read(MySqlDataReader row, int first, Verdict verdict)
    {
        verdict.Clear();
        ReadVector(row, first, verdict.Embedding);
        verdict.EmbeddingVersion = row.GetInt32(first + 1);
        verdict.DistanceToProfile = Number(row, first + 2);
        verdict.Surprise = row.IsDBNull(first + 3) ? 0 : row.GetDouble(first + 3);
        verdict.LearnedDistance = Number(row, first + 4);
        verdict.LearnedValue = Number(row, first + 5);
        verdict.IsLate = row.GetBoolean(first + 6);
        verdict.IsLearned = row.GetBoolean(first + 7);
        verdict.ConfigurationVersion = row.GetInt32(first + 8);
        if (hasLayout && !row.IsDBNull(first + 9)) ReadVector(row, first + 9, verdict.UseLayout());
    }

    private static void WriteVersion(int version, RowWriter row)
    {
        if (version == 0) row.Null();
        else row.Number(version);
    }

    private void WriteLayout(Verdict verdict, RowWriter row)
    {
        if (verdict.HasLayout) WriteVector(verdict.Layout, row);
        else row.Null();
    }

    private void WriteVector(ReadOnlySpan<float> vector, RowWriter row)
    {
        if (vector.Length >= stored)
        {
            row.Vector(vector);
            return;
        }

        vector.CopyTo(padded);
        row.Vector(padded);
    }

    private static void ReadVector(MySqlDataReader row, int column, float[] vector)
    {
        ReadOnlySpan<float> read = VectorColumn.Read(row, column);
        (read.Length > vector.Length ? read[..vector.Length] : read).CopyTo(vector);
    }
}
