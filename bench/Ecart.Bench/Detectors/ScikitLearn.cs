using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Ecart.Vectors;

namespace Ecart.Bench.Detectors;

/// <summary>Runs methods of scikit-learn on the same rows, when a Python that has it is installed.</summary>
internal sealed class ScikitLearn
{
    private const string Python = "/usr/bin/python3";
    private readonly string script;

    private ScikitLearn(string script, string? version)
    {
        this.script = script;
        Version = version;
    }

    /// <summary>Its version; null when it is not installed.</summary>
    public string? Version { get; }

    /// <summary>Looks for it.</summary>
    public static ScikitLearn Find()
    {
        string script = Path.Combine(FindPeers(), "sklearn_detector.py");
        if (!File.Exists(Python) || !File.Exists(script)) return new ScikitLearn(script, null);
        (int code, string output) = Run(["-c", "import sklearn; print(sklearn.__version__)"], 1);
        return new ScikitLearn(script, code == 0 ? output.Trim() : null);
    }

    /// <summary>Fits a method to the rows and scores them, several rounds in one process.</summary>
    /// <param name="method">One that the script knows, such as <c>lof</c>.</param>
    /// <returns>Median seconds of a round without loading the rows; NaN when it is not installed.</returns>
    public double MedianSeconds(string method, Matrix rows, MeasuringSession session)
    {
        if (Version is null) return double.NaN;
        string file = Path.Combine(Path.GetTempPath(), $"ecart-bench-{Environment.ProcessId}-{method}.f32");
        try
        {
            File.WriteAllBytes(file, MemoryMarshal.AsBytes(rows.Span));
            session.Progress.Report($"scikit-learn {Version}: {method}, {rows.Rows:N0} × {rows.Columns}");
            (int code, string output) = Run([script, method, file, Text(rows.Columns), Text(session.Threads), Text(session.Rounds)], session.Threads);
            if (code != 0) throw new InvalidOperationException($"{script} {method} ended with {code}: {output}");
            return Median.Of(JsonSerializer.Deserialize<double[]>(output) ?? []);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static (int Code, string Output) Run(string[] arguments, int threads)
    {
        var start = new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string variable in new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS" }) start.Environment[variable] = Text(threads);
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{Python} cannot be started.");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? output : output + errors.Result);
    }

    /// <summary>The folder <c>bench/peers</c> of the repository that the program was built in.</summary>
    private static string FindPeers()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string peers = Path.Combine(folder.FullName, "bench", "peers");
            if (Directory.Exists(peers)) return peers;
        }

        return "";
    }
}
