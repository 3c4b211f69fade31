namespace Ecart.Eval.Simulator;

/// <summary>A detector as the evaluation drives it, one an entity: score, then learn, vector after vector.</summary>
internal interface IStreamCandidate
{
    /// <summary>How strange the next vector is; 0 without an opinion.</summary>
    double Score(float[] vector, int time);

    /// <summary>Learns the vector that was scored last.</summary>
    void Learn(float[] vector, int time);
}
