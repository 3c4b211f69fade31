using System.Buffers;
using Ecart.Vectors;

namespace Ecart.Detection.Batch;

/// <summary>Scores many rows on several threads, a block each in turn. What a block gives does not depend on who computes it, so neither does the result.</summary>
internal static class RowBlocks
{
    /// <summary>Rows of a block: enough to amortise what is loaded for it, few enough to stay in the fastest cache.</summary>
    public const int Size = 256;

    /// <summary>Scores rows <c>first</c> to <c>first + scores.Length − 1</c>.</summary>
    public delegate void BlockScore(Matrix rows, int first, Span<double> scores);

    /// <summary>How many threads a setting stands for: 0 is one a processor.</summary>
    public static int Threads(int setting) => setting == 0 ? Environment.ProcessorCount : setting;

    /// <summary>Fills <paramref name="scores"/> block by block.</summary>
    public static void Score(Matrix rows, Span<double> scores, int threads, BlockScore score, CancellationToken cancellation)
    {
        int blocks = (rows.Rows + Size - 1) / Size;
        threads = Math.Min(Threads(threads), blocks);
        if (threads <= 1)
        {
            for (int first = 0; first < rows.Rows; first += Size)
            {
                cancellation.ThrowIfCancellationRequested();
                score(rows, first, scores.Slice(first, Math.Min(Size, rows.Rows - first)));
            }

            return;
        }

        double[] shared = ArrayPool<double>.Shared.Rent(rows.Rows);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        try
        {
            Parallel.For(0, blocks, options, block => score(rows, block * Size, shared.AsSpan(block * Size, Math.Min(Size, rows.Rows - (block * Size)))));
            shared.AsSpan(0, rows.Rows).CopyTo(scores);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(shared);
        }
    }
}
