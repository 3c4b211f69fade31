using System.Globalization;
using Ecart.Eval.Running;
using Ecart.Vectors;

namespace Ecart.Eval.NslKdd;

/// <summary>
/// Turns records of numbers and words into vectors, as normal records teach it. A number of counting (whole, not below 0) is taken as ln(1 + x), any other as it is. A
/// word becomes one dimension for each word that normal records have, and one for how rare it is, −ln of its share, in which a word never seen
/// is rarer than every other.
/// </summary>
internal sealed class RecordEncoder
{
    private readonly IReadOnlyList<string> names;
    private readonly Column[] columns;

    public RecordEncoder(ConnectionRecords normal)
    {
        names = normal.Names;
        columns = [.. names.Select((_, i) => Learn(normal, i))];
        Dimension = columns.Sum(column => column.Width);
    }

    public int Dimension { get; }

    /// <exception cref="EvaluationException">A value that was a number in training is none.</exception>
    public Matrix Encode(ConnectionRecords records)
    {
        var rows = new Matrix(records.Count, Dimension);
        for (int record = 0; record < records.Count; record++)
        {
            int position = 0;
            for (int i = 0; i < columns.Length; i++)
            {
                Span<float> vector = rows.Row(record).Slice(position, columns[i].Width);
                if (!columns[i].TryEncode(records.Cells[record][i], vector))
                    throw new EvaluationException($"Record {record + 1}: {names[i]} is '{records.Cells[record][i]}', which is no number; in training it always was.");
                position += columns[i].Width;
            }
        }

        return rows;
    }

    private static Column Learn(ConnectionRecords normal, int column)
    {
        string[] texts = [.. normal.Cells.Select(cells => cells[column])];
        var numbers = new double[texts.Length];
        bool isNumber = true;
        for (int i = 0; i < texts.Length && isNumber; i++) isNumber = TryNumber(texts[i], out numbers[i]);
        if (isNumber) return new NumberColumn(IsCount: texts.All(text => !text.Contains('.', StringComparison.Ordinal)) && numbers.All(number => number >= 0));
        // Half a record more for each word, and half for all that were never seen (Krichevsky and Trofimov).
        Dictionary<string, int> counts = texts.CountBy(text => text).ToDictionary(StringComparer.Ordinal);
        double all = texts.Length + (0.5 * (counts.Count + 1));
        string[] words = [.. counts.Keys.Order(StringComparer.Ordinal)];
        return new WordColumn(
            words.Select((word, i) => (word, i)).ToDictionary(pair => pair.word, pair => pair.i, StringComparer.Ordinal),
            [.. words.Select(word => -Math.Log((counts[word] + 0.5) / all))],
            -Math.Log(0.5 / all));
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private abstract record Column
    {
        public abstract int Width { get; }

        public abstract bool TryEncode(string text, Span<float> vector);
    }

    private sealed record NumberColumn(bool IsCount) : Column
    {
        public override int Width => 1;

        public override bool TryEncode(string text, Span<float> vector)
        {
            bool isNumber = TryNumber(text, out double number);
            vector[0] = (float)(IsCount ? Math.Sign(number) * Math.Log(1 + Math.Abs(number)) : number);
            return isNumber;
        }
    }

    private sealed record WordColumn(Dictionary<string, int> Places, double[] Rarities, double NeverSeen) : Column
    {
        public override int Width => Rarities.Length + 1;

        public override bool TryEncode(string text, Span<float> vector)
        {
            vector.Clear();
            bool isKnown = Places.TryGetValue(text, out int place);
            if (isKnown) vector[place + 1] = 1;
            vector[0] = (float)(isKnown ? Rarities[place] : NeverSeen);
            return true;
        }
    }
}
